package dev.crosspoint.web.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * How long browsers keep what: parts with a hash in their name for ever, since a new content has a
 * new name; API answers not at all; the rest is asked for each time.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class PageLifetime extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private static final Pattern HASHED =
      Pattern.compile(".*[-.][A-Za-z0-9_]{8,}\\.[a-z0-9]+(\\.map)?");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    response.setHeader("Cache-Control", cacheControl(path));
    chain.doFilter(request, response);
  }

  /** The Cache-Control (RFC 9111, section 5.2) of a path within the application. */
  static String cacheControl(String path) {
    if (path.startsWith("/api/")) {
      return "no-store";
    }
    return path.startsWith("/assets/") && HASHED.matcher(path).matches()
        ? "public, max-age=31536000, immutable"
        : "no-cache";
  }
}
