package dev.crosspoint.web.rest;

import dev.crosspoint.call.boundary.TransitionPage;
import dev.crosspoint.call.boundary.TransitionQuery;
import dev.crosspoint.call.boundary.TransitionResult;
import dev.crosspoint.call.boundary.TransitionStories;
import dev.crosspoint.call.boundary.TransitionStory;
import dev.crosspoint.contract.TransitionReason;
import dev.crosspoint.web.problem.Problem;
import dev.crosspoint.web.security.Authenticated;
import dev.crosspoint.web.security.CallerPrincipal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What operators may know of the transitions of all calls. */
@Path("/admin/transitions")
@RequestScoped
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
@SecurityRequirement(name = RestApplication.BEARER)
public class AdminTransitionsResource {
  private static final int USUAL_LIMIT = 50;

  @Inject private TransitionStories stories;

  /** Transitions of all calls. */
  @GET
  @Operation(
      summary = "Changes of topology of all calls, the latest first",
      operationId = "listAllTransitions")
  @APIResponse(
      responseCode = "200",
      description = "One page of them",
      content = @Content(schema = @Schema(ref = ApiDescription.TRANSITION_PAGE)))
  @APIResponse(
      responseCode = "400",
      description = "A parameter has no such value",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  public TransitionPage latest(
      @Parameter(schema = @Schema(ref = ApiDescription.TRANSITION_RESULT)) @QueryParam("result")
          @Nullable String result,
      @Parameter(schema = @Schema(ref = ApiDescription.TRANSITION_REASON)) @QueryParam("reason")
          @Nullable String reason,
      @QueryParam("callId") @Nullable String callId,
      @Parameter(
              description = "Not begun before (RFC 3339)",
              schema = @Schema(type = SchemaType.STRING, format = "date-time"))
          @QueryParam("since")
          @Nullable String since,
      @Parameter(description = "The next of an earlier page") @QueryParam("after")
          @Nullable String after,
      @Parameter(
              schema =
                  @Schema(
                      type = SchemaType.INTEGER,
                      minimum = "1",
                      maximum = "200",
                      defaultValue = "50"))
          @QueryParam("limit")
          @Nullable String limit,
      @Context SecurityContext security) {
    TransitionQuery query =
        new TransitionQuery(
            QueryValues.read("result", result, TransitionResult::valueOf),
            QueryValues.read("reason", reason, TransitionReason::valueOf),
            QueryValues.read("callId", callId, QueryValues::id),
            QueryValues.read("since", since, Instant::parse),
            QueryValues.read("after", after, value -> value),
            QueryValues.read("limit", limit, Integer::valueOf).orElse(USUAL_LIMIT));
    return stories.latest(CallerPrincipal.of(security), query);
  }

  /** The story of one transition. */
  @GET
  @Path("/{callId}/{transitionId}")
  @Operation(summary = "The story of one change of topology", operationId = "getTransitionStory")
  @APIResponse(
      responseCode = "200",
      description = "Phases, participants and gaps",
      content = @Content(schema = @Schema(ref = ApiDescription.TRANSITION_STORY)))
  @APIResponse(
      responseCode = "404",
      description = "No such call, or no such transition in it",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  public TransitionStory story(
      @PathParam("callId") String callId,
      @PathParam("transitionId") String transitionId,
      @Context SecurityContext security) {
    return stories.story(CallerPrincipal.of(security), callId, transitionId);
  }
}
