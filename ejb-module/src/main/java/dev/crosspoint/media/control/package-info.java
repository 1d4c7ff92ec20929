/**
 * The only caller of the media engine: the gateway to it, what a call keeps of its routers, and its
 * events. Used by {@code call.control}.
 */
@NullMarked
package dev.crosspoint.media.control;

import org.jspecify.annotations.NullMarked;
