/** Refusals as the REST door tells them. Used by the REST resources and the filters before them. */
@NullMarked
package dev.crosspoint.web.problem;

import org.jspecify.annotations.NullMarked;
