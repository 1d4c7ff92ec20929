package dev.crosspoint.web.rest;

import dev.crosspoint.call.boundary.CallCatalog;
import dev.crosspoint.call.boundary.CallView;
import dev.crosspoint.call.boundary.TransitionView;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.identity.boundary.Identities;
import dev.crosspoint.identity.boundary.IssuedToken;
import dev.crosspoint.web.problem.Problem;
import dev.crosspoint.web.security.Authenticated;
import dev.crosspoint.web.security.CallerPrincipal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriBuilder;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Creating and reading calls, and the tokens that open one. */
@Path("/calls")
@RequestScoped
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calls")
@SecurityRequirement(name = RestApplication.BEARER)
@APIResponse(
    responseCode = "503",
    description = "The database does not answer; Retry-After says when to come again",
    content = @Content(schema = @Schema(implementation = Problem.class)))
public class CallsResource {
  @Inject private CallCatalog catalog;
  @Inject private Identities identities;

  /** Creates a call. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Creates a call", operationId = "createCall")
  @APIResponse(
      responseCode = "201",
      description = "The new call",
      content = @Content(schema = @Schema(ref = ApiDescription.CALL)))
  public Response create(NewCallRequest request, @Context SecurityContext security) {
    CallView call = catalog.create(CallerPrincipal.of(security), request.name());
    return Response.created(UriBuilder.fromPath("calls/{callId}").build(call.callId()))
        .entity(call)
        .build();
  }

  /** Reads a call. */
  @GET
  @Path("/{callId}")
  @Operation(summary = "Reads a call", operationId = "getCall")
  @APIResponse(
      responseCode = "200",
      description = "The call",
      content = @Content(schema = @Schema(ref = ApiDescription.CALL)))
  @APIResponse(
      responseCode = "404",
      description = "No such call",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  public CallView find(@PathParam("callId") String callId, @Context SecurityContext security) {
    return catalog.find(CallerPrincipal.of(security), callId);
  }

  /** Issues a token that opens one call. */
  @POST
  @Path("/{callId}/tokens")
  @Operation(summary = "Issues a token that opens this call only", operationId = "createCallToken")
  @APIResponse(
      responseCode = "201",
      description = "A token for the WebSocket",
      content = @Content(schema = @Schema(ref = ApiDescription.TOKEN)))
  @APIResponse(
      responseCode = "404",
      description = "No such call",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  public Response issueToken(
      @PathParam("callId") String callId, @Context SecurityContext security) {
    Caller caller = CallerPrincipal.of(security);
    CallView call = catalog.find(caller, callId);
    IssuedToken token = identities.issueForCall(caller, call.callId());
    return Response.status(Response.Status.CREATED).entity(token).build();
  }

  /** The call's changes of topology. */
  @GET
  @Path("/{callId}/transitions")
  @Operation(
      summary = "The call's changes of topology, oldest first",
      operationId = "listTransitions")
  @APIResponse(
      responseCode = "200",
      description = "Its transitions",
      content = @Content(schema = @Schema(ref = ApiDescription.TRANSITIONS)))
  @APIResponse(
      responseCode = "404",
      description = "No such call",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  public List<TransitionView> transitions(
      @PathParam("callId") String callId, @Context SecurityContext security) {
    return catalog.transitions(CallerPrincipal.of(security), callId);
  }
}
