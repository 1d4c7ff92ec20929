/** Tests of admission. */
@NullMarked
package dev.crosspoint.admission.control;

import org.jspecify.annotations.NullMarked;
