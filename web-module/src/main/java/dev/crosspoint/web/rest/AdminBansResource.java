package dev.crosspoint.web.rest;

import dev.crosspoint.admission.boundary.BanRegister;
import dev.crosspoint.admission.boundary.BanView;
import dev.crosspoint.web.problem.Problem;
import dev.crosspoint.web.security.Authenticated;
import dev.crosspoint.web.security.CallerPrincipal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The people whom administrators keep out of calls. */
@Path("/admin/bans")
@RequestScoped
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
@SecurityRequirement(name = RestApplication.BEARER)
public class AdminBansResource {
  @Inject private BanRegister bans;

  /** The bans as they are. */
  @GET
  @Operation(summary = "Who is kept out of calls, the latest first", operationId = "getBans")
  @APIResponse(
      responseCode = "200",
      description = "The bans that hold",
      content = @Content(schema = @Schema(ref = ApiDescription.BANS)))
  public List<BanView> read(@Context SecurityContext security) {
    return bans.read(CallerPrincipal.of(security));
  }

  /** Keeps somebody out. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Keeps somebody out of all calls, and takes them out of those they are in",
      description =
          "A ban that there was is replaced. The other servers follow within two seconds.",
      operationId = "ban")
  @APIResponse(
      responseCode = "200",
      description = "The ban as it is now",
      content = @Content(schema = @Schema(ref = ApiDescription.BAN)))
  @APIResponse(
      responseCode = "400",
      description = "Nobody whom, or no time until which, somebody could be kept out",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "503",
      description = "The database does not answer; Retry-After says when to come again",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  public BanView ban(BanRequest request, @Context SecurityContext security) {
    return bans.ban(CallerPrincipal.of(security), request.subject(), request.until());
  }

  /** Lets somebody in again. */
  @DELETE
  @Operation(summary = "Lets somebody in again", operationId = "liftBan")
  @APIResponse(responseCode = "204", description = "Nobody keeps them out")
  @APIResponse(
      responseCode = "503",
      description = "The database does not answer; Retry-After says when to come again",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  public void lift(@QueryParam("subject") String subject, @Context SecurityContext security) {
    bans.lift(CallerPrincipal.of(security), BanRequest.subject(subject));
  }
}
