/** The page people use: its addresses and how long browsers may keep its parts. */
@NullMarked
package dev.crosspoint.web.page;

import org.jspecify.annotations.NullMarked;
