/**
 * The load tool: places a real call with synthetic people (signalling, ICE, DTLS, SRTP) on a
 * running server, and tells what forwarding their packets costs the server's process. {@link
 * dev.crosspoint.bench.load.LoadTool} puts a {@link dev.crosspoint.bench.load.LoadPlan} into
 * action: every {@link dev.crosspoint.bench.load.SyntheticPerson} has a socket at the signalling
 * door and two media transports; all media runs on one event loop, which decrypts only a sample of
 * what arrives, so that the tool fits beside the server.
 */
@NullMarked
package dev.crosspoint.bench.load;

import org.jspecify.annotations.NullMarked;
