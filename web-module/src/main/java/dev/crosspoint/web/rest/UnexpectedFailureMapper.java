package dev.crosspoint.web.rest;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.web.log.WebLog;
import dev.crosspoint.web.problem.Problem;
import jakarta.ejb.EJBException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Everything nobody foresaw: told to operators in full, to callers without a word of detail. */
@Provider
public class UnexpectedFailureMapper implements ExceptionMapper<RuntimeException> {
  @Override
  public Response toResponse(RuntimeException failure) {
    return switch (failure) {
      case EJBException wrapper when wrapper.getCause() instanceof CallFailure refusal ->
          Problem.of(refusal).response();
      case WebApplicationException answer -> answer.getResponse();
      default -> {
        WebLog.LOG.restFailed(failure);
        yield new Problem(ErrorCode.INTERNAL, "The server failed on this request").response();
      }
    };
  }
}
