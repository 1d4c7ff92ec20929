/**
 * Every log message of the doors, numbered in one place. Holds neither tokens nor names nor
 * addresses of people.
 */
@NullMarked
package dev.crosspoint.web.log;

import org.jspecify.annotations.NullMarked;
