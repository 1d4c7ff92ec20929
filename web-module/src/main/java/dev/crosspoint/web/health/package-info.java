/** What the orchestrator asks: started, live, ready. Asked by the server's health endpoint. */
@NullMarked
package dev.crosspoint.web.health;

import org.jspecify.annotations.NullMarked;
