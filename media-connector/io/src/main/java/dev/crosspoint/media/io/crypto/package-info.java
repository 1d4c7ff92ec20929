/**
 * SRTP's primitives by OpenSSL, called through the foreign-function API. Given to the engine as its
 * crypto provider; where there is no OpenSSL the engine's own one by JCA does the same.
 */
@NullMarked
package dev.crosspoint.media.io.crypto;

import org.jspecify.annotations.NullMarked;
