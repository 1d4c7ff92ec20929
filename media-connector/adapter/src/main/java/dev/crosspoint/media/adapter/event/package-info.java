/**
 * The way of engine events to message endpoints: off the media loop, events of one router in order.
 */
@NullMarked
package dev.crosspoint.media.adapter.event;

import org.jspecify.annotations.NullMarked;
