/**
 * What operators are told by the application: numbered messages in one place, without tokens or
 * addresses of people.
 */
@NullMarked
package dev.crosspoint.log;

import org.jspecify.annotations.NullMarked;
