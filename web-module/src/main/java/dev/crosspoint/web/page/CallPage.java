package dev.crosspoint.web.page;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The links people share, {@code /c/{callId}}: the page itself finds out which call it is. */
@WebServlet("/c/*")
public class CallPage extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Pattern CALL = Pattern.compile("/[A-Za-z0-9._:-]{1,64}");

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (names(request.getPathInfo())) {
      request.getRequestDispatcher("/index.html").forward(request, response);
    } else {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  /** Whether the part after {@code /c} can name a call. */
  static boolean names(@Nullable String path) {
    return path != null && CALL.matcher(path).matches();
  }
}
