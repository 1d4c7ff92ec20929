/** Keys, and the signing and checking of tokens. Used by {@code identity.boundary} only. */
@NullMarked
package dev.crosspoint.identity.control;

import org.jspecify.annotations.NullMarked;
