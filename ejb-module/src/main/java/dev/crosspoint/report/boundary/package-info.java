/** What the application tells about itself: health facts and metrics. Called by the doors. */
@NullMarked
package dev.crosspoint.report.boundary;

import org.jspecify.annotations.NullMarked;
