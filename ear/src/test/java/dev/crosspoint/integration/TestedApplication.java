package dev.crosspoint.integration;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The archive that the build made, unchanged but for a web module with the tests. */
final class TestedApplication {
  private static final String DESCRIPTOR = "META-INF/application.xml";
  private static final String TESTS =
      """
      <module>
        <web>
          <web-uri>tests.war</web-uri>
          <context-root>/tests</context-root>
        </web>
      </module>
      <library-directory>\
      """;

  private TestedApplication() {}

  /** As the build made it. */
  static EnterpriseArchive unchanged() {
    return ShrinkWrap.createFromZipFile(
        EnterpriseArchive.class, new File(System.getProperty("crosspoint.ear")));
  }

  /** With test classes beside the product's own modules. */
  static EnterpriseArchive with(Class<?>... classes) {
    WebArchive tests =
        ShrinkWrap.create(WebArchive.class, "tests.war")
            .addClasses(classes)
            .addAsLibraries(jarOf(Assertions.class))
            .addAsWebInfResource(
                new StringAsset("<beans bean-discovery-mode=\"all\"/>"), "beans.xml");
    EnterpriseArchive application = unchanged();
    String descriptor = descriptor(application).replace("<library-directory>", TESTS);
    application.delete(DESCRIPTOR);
    return application
        .addAsManifestResource(new StringAsset(descriptor), "application.xml")
        .addAsModule(Testable.archiveToTest(tests));
  }

  private static String descriptor(EnterpriseArchive application) {
    try (var stream = application.get(DESCRIPTOR).getAsset().openStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + DESCRIPTOR, e);
    }
  }

  private static File jarOf(Class<?> type) {
    try {
      return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("cannot find the jar of " + type, e);
    }
  }
}
