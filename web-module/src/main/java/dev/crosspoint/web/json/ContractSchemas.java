package dev.crosspoint.web.json;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.crosspoint.contract.MessageTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The contract's JSON Schemas, ready to validate with. */
public final class ContractSchemas {
  private final SchemaRegistry registry;

  /** Reads the schemas from the contract's jar; nothing is ever fetched from elsewhere. */
  public ContractSchemas() {
    Map<String, String> documents =
        Stream.of("ortc", "model", "signaling")
            .collect(Collectors.toMap(name -> "urn:crosspoint:" + name, ContractSchemas::read));
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(documents));
  }

  /**
   * The schema of one definition, for example {@code signaling}, {@code ClientFrame.join}.
   *
   * @throws com.networknt.schema.SchemaException when there is none
   */
  public Schema definition(String document, String name) {
    Schema schema =
        registry.getSchema(SchemaLocation.of("urn:crosspoint:" + document + "#/$defs/" + name));
    schema.initializeValidators();
    return schema;
  }

  /** The schema of every request's frame, by the wire name of the request. */
  public Map<String, Schema> clientFrames() {
    return MessageTypes.CLIENT_MESSAGE.keySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Function.identity(), type -> definition("signaling", "ClientFrame." + type)));
  }

  private static String read(String name) {
    try (@Nullable InputStream in = MessageTypes.class.getResourceAsStream(name + ".schema.json")) {
      if (in == null) {
        throw new IllegalStateException("The contract has no schema " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
