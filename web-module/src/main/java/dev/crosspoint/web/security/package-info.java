/** Who may pass the REST door, and the headers that protect the page. Called by the container. */
@NullMarked
package dev.crosspoint.web.security;

import org.jspecify.annotations.NullMarked;
