package dev.crosspoint.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final List<String> MODULES =
      List.of(
          "media-connector/api",
          "media-connector/engine",
          "media-connector/io",
          "media-connector/adapter",
          "web-module/contract",
          "ejb-module",
          "web-module");

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .importPaths(MODULES.stream().map(ArchitectureTest::compiled).toList());

  @Test
  void arrows_between_modules_point_down_only() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.crosspoint..")
        .layer("web")
        .definedBy("dev.crosspoint.web..")
        .layer("contract")
        .definedBy("dev.crosspoint.contract..")
        .layer("media api")
        .definedBy("dev.crosspoint.media.api..")
        .layer("adapter")
        .definedBy("dev.crosspoint.media.adapter..")
        .layer("io")
        .definedBy("dev.crosspoint.media.io..")
        .layer("engine")
        .definedBy("dev.crosspoint.media.engine..")
        .whereLayer("web")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("adapter")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("io")
        .mayOnlyBeAccessedByLayers("adapter")
        .whereLayer("engine")
        .mayOnlyBeAccessedByLayers("io", "adapter")
        .check(PRODUCT);
  }

  @Test
  void the_application_does_not_know_how_the_media_server_is_made() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.crosspoint.media..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.crosspoint.media.adapter..",
            "dev.crosspoint.media.io..",
            "dev.crosspoint.media.engine..",
            "io.netty..")
        .check(PRODUCT);
  }

  @Test
  void the_engine_knows_nobody() {
    classes()
        .that()
        .resideInAPackage("dev.crosspoint.media.engine..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.crosspoint.media.engine..",
            "java..",
            "javax.crypto..",
            "org.jspecify.annotations..")
        .check(PRODUCT);
  }

  @Test
  void the_engine_has_no_clock_no_threads_and_no_files() {
    noClasses()
        .that()
        .resideInAPackage("dev.crosspoint.media.engine..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.Thread")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.concurrent..", "java.io..", "java.nio.file..", "java.nio.channels..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(InstantSource.class)
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(PRODUCT);
  }

  @Test
  void io_does_without_the_application_server() {
    noClasses()
        .that()
        .resideInAPackage("dev.crosspoint.media.io..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta..", "org.jboss..", "dev.crosspoint.media.api..")
        .check(PRODUCT);
  }

  @Test
  void packages_of_the_engine_form_no_circle() {
    slices().matching("dev.crosspoint.media.engine.(*)..").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void components_of_the_application_form_no_circle() {
    slices()
        .matching(
            "dev.crosspoint.(call|topology|transition|admission|participant|node|turn|identity|audit|report)..")
        .should()
        .beFreeOfCycles()
        .check(PRODUCT);
  }

  @Test
  void every_package_says_what_lives_in_it() {
    List<String> silent =
        PRODUCT.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(candidate -> !candidate.getClasses().isEmpty())
            .filter(candidate -> !generated(candidate))
            .filter(candidate -> candidate.tryGetPackageInfo().isEmpty())
            .map(JavaPackage::getName)
            .sorted()
            .toList();
    assertThat(silent).isEmpty();
  }

  @Test
  void every_module_is_looked_at() throws IOException {
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(compiled(module))) {
        assertThat(files.anyMatch(file -> file.toString().endsWith(".class"))).as(module).isTrue();
      }
    }
  }

  private static boolean generated(JavaPackage candidate) {
    return candidate.getName().startsWith("dev.crosspoint.contract");
  }

  private static Path compiled(String module) {
    return Path.of("..", module, "target", "classes");
  }
}
