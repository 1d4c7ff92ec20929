package dev.crosspoint.web.rest;

import dev.crosspoint.admission.boundary.LoadView;
import dev.crosspoint.admission.boundary.LoadWatch;
import dev.crosspoint.web.security.Authenticated;
import dev.crosspoint.web.security.CallerPrincipal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How much of what the server has is in use, and what it gives up for that. */
@Path("/admin/load")
@RequestScoped
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
@SecurityRequirement(name = RestApplication.BEARER)
public class AdminLoadResource {
  @Inject private LoadWatch load;

  /** The load as it is. */
  @GET
  @Operation(
      summary = "The load of this server, what it gives up, and who waits",
      operationId = "getLoad")
  @APIResponse(
      responseCode = "200",
      description = "As of the last second",
      content = @Content(schema = @Schema(ref = ApiDescription.LOAD)))
  public LoadView read(@Context SecurityContext security) {
    return load.read(CallerPrincipal.of(security));
  }
}
