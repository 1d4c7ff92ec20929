/**
 * The log messages of the media connector for operators, numbered in one place. Called by the whole
 * adapter.
 */
@NullMarked
package dev.crosspoint.media.adapter.log;

import org.jspecify.annotations.NullMarked;
