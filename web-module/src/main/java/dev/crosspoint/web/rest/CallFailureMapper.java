package dev.crosspoint.web.rest;

import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.web.problem.Problem;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** The application's refusals as problems. */
@Provider
public class CallFailureMapper implements ExceptionMapper<CallFailure> {
  @Override
  public Response toResponse(CallFailure failure) {
    return Problem.of(failure).response();
  }
}
