/** Who is calling: tokens in, callers out. Called by the doors before anything else. */
@NullMarked
package dev.crosspoint.identity.boundary;

import org.jspecify.annotations.NullMarked;
