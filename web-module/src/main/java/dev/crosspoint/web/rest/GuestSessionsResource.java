package dev.crosspoint.web.rest;

import dev.crosspoint.identity.boundary.Identities;
import dev.crosspoint.identity.boundary.IssuedToken;
import dev.crosspoint.web.problem.Problem;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** People without an account. */
@Path("/guest-sessions")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Guests")
public class GuestSessionsResource {
  @Inject private Identities identities;

  /** Issues a guest's token. */
  @POST
  @Operation(summary = "Lets somebody in without an account", operationId = "createGuestSession")
  @APIResponse(
      responseCode = "201",
      description = "A guest's token",
      content = @Content(schema = @Schema(ref = ApiDescription.TOKEN)))
  @APIResponse(
      responseCode = "403",
      description = "Guest access is off on this server",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  public Response create(GuestSessionRequest request) {
    IssuedToken token = identities.issueGuest(request.displayName());
    return Response.status(Response.Status.CREATED).entity(token).build();
  }
}
