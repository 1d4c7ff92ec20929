/** What administrators may know and change of admission. Called by the doors. */
@NullMarked
package dev.crosspoint.admission.boundary;

import org.jspecify.annotations.NullMarked;
