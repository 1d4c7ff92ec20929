/**
 * Who is to be called when. Knows no other package of the engine; set by routers and transports,
 * asked by the engine.
 */
@NullMarked
package dev.crosspoint.media.engine.alarm;

import org.jspecify.annotations.NullMarked;
