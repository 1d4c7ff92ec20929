/**
 * What the adapter remembers of each router, and how commands become engine calls. Sessions live on
 * their router's media loop; connections hand commands in.
 */
@NullMarked
package dev.crosspoint.media.adapter.session;

import org.jspecify.annotations.NullMarked;
