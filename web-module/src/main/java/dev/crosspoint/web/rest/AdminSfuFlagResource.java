package dev.crosspoint.web.rest;

import dev.crosspoint.admission.boundary.SfuFlagView;
import dev.crosspoint.admission.boundary.SfuSwitch;
import dev.crosspoint.web.problem.Problem;
import dev.crosspoint.web.security.Authenticated;
import dev.crosspoint.web.security.CallerPrincipal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
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

/** The switch by which operators empty the SFU, turn it off, and on again. */
@Path("/admin/sfu-flag")
@RequestScoped
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
@SecurityRequirement(name = RestApplication.BEARER)
public class AdminSfuFlagResource {
  @Inject private SfuSwitch sfu;

  /** The flag as it is. */
  @GET
  @Operation(summary = "The SFU flag, who changed it and when", operationId = "getSfuFlag")
  @APIResponse(
      responseCode = "200",
      description = "What this server goes by",
      content = @Content(schema = @Schema(ref = ApiDescription.SFU_FLAG)))
  public SfuFlagView read(@Context SecurityContext security) {
    return sfu.read(CallerPrincipal.of(security));
  }

  /** Changes the flag. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Changes the SFU flag of all servers, without a restart",
      description =
          "ON: calls use the SFU as they should. DRAIN: no other call begins to. OFF: calls that"
              + " use it go over to direct paths, those too large for these are ended.",
      operationId = "setSfuFlag")
  @APIResponse(
      responseCode = "200",
      description = "The flag as it is now; the other servers follow within two seconds",
      content = @Content(schema = @Schema(ref = ApiDescription.SFU_FLAG)))
  @APIResponse(
      responseCode = "400",
      description = "No such setting",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  public SfuFlagView change(SfuFlagRequest request, @Context SecurityContext security) {
    return sfu.change(CallerPrincipal.of(security), request.wanted());
  }
}
