/** Tests of what the doors are told about calls. */
@NullMarked
package dev.crosspoint.call.boundary;

import org.jspecify.annotations.NullMarked;
