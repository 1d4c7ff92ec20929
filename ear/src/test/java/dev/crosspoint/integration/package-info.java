/**
 * Tests inside the application server: Arquillian deploys the product's archive on a server of its
 * own, with a real database.
 */
@NullMarked
package dev.crosspoint.integration;

import org.jspecify.annotations.NullMarked;
