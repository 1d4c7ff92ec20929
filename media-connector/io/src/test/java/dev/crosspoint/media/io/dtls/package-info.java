/** Tests of the DTLS endpoint against a real DTLS client. */
@NullMarked
package dev.crosspoint.media.io.dtls;

import org.jspecify.annotations.NullMarked;
