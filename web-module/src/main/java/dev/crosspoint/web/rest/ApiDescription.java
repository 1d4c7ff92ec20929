package dev.crosspoint.web.rest;

import dev.crosspoint.admission.boundary.BanView;
import dev.crosspoint.admission.boundary.LoadView;
import dev.crosspoint.admission.boundary.SfuFlagView;
import dev.crosspoint.call.boundary.CallView;
import dev.crosspoint.call.boundary.TransitionPage;
import dev.crosspoint.call.boundary.TransitionStory;
import dev.crosspoint.call.boundary.TransitionView;
import dev.crosspoint.identity.boundary.IssuedToken;
import dev.crosspoint.web.problem.Problem;
import jakarta.ws.rs.core.MediaType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * What the server's scanner does not find out for the description of the API: the schemas (JSON
 * Schema 2020-12) of the records that answers are made of, since it sees the classes of the web
 * module only; and what every request with a token may be refused for.
 */
public class ApiDescription implements OASFilter {
  static final String CALL = "#/components/schemas/CallView";
  static final String TOKEN = "#/components/schemas/IssuedToken";
  static final String TRANSITIONS = "#/components/schemas/TransitionViews";
  static final String TRANSITION_PAGE = "#/components/schemas/TransitionPage";
  static final String TRANSITION_STORY = "#/components/schemas/TransitionStory";
  static final String SFU_FLAG = "#/components/schemas/SfuFlagView";
  static final String BAN = "#/components/schemas/BanView";
  static final String BANS = "#/components/schemas/BanViews";
  static final String LOAD = "#/components/schemas/LoadView";
  static final String TRANSITION_RESULT = "#/components/schemas/TransitionResult";
  static final String TRANSITION_REASON = "#/components/schemas/TransitionReason";

  private static final String PREFIX = "#/components/schemas/";

  private static final List<Class<? extends Record>> ANSWERS =
      List.of(
          BanView.class,
          CallView.class,
          IssuedToken.class,
          LoadView.class,
          Problem.class,
          SfuFlagView.class,
          TransitionPage.class,
          TransitionStory.class,
          TransitionView.class);

  @Override
  public void filterOpenAPI(OpenAPI openApi) {
    Components known = openApi.getComponents();
    Components components = known == null ? OASFactory.createComponents() : known;
    answers().forEach(components::addSchema);
    openApi.setComponents(components);
    Paths paths = openApi.getPaths();
    if (paths != null) {
      paths.getPathItems().forEach(ApiDescription::describeRefusals);
    }
  }

  private static void describeRefusals(String path, PathItem item) {
    String whose = path.contains("/admin/") ? "Not an administrator's token" : "Not for this token";
    item.getOperations().values().stream()
        .filter(operation -> operation.getSecurity() != null)
        .forEach(operation ->
            operation
                .getResponses()
                .addAPIResponse("401", refusal("No good token"))
                .addAPIResponse("403", refusal(whose)));
  }

  private static APIResponse refusal(String why) {
    Schema problem = OASFactory.createSchema().ref(PREFIX + name(Problem.class));
    return OASFactory.createAPIResponse()
        .description(why)
        .content(
            OASFactory.createContent()
                .addMediaType(
                    MediaType.APPLICATION_JSON, OASFactory.createMediaType().schema(problem)));
  }

  /** The schemas by name. */
  static Map<String, Schema> answers() {
    Map<String, Schema> schemas = new TreeMap<>();
    ANSWERS.forEach(type -> of(type, schemas));
    schemas.put(
        "TransitionViews",
        schema(SchemaType.ARRAY).items(reference(TransitionView.class, schemas)));
    schemas.put("BanViews", schema(SchemaType.ARRAY).items(reference(BanView.class, schemas)));
    return schemas;
  }

  private static Schema of(Type type, Map<String, Schema> schemas) {
    if (type instanceof ParameterizedType generic) {
      Schema element = of(generic.getActualTypeArguments()[0], schemas);
      return generic.getRawType() == List.class
          ? schema(SchemaType.ARRAY).items(element)
          : element; // Optional: what is empty is left out
    }
    if (type == Instant.class) {
      return schema(SchemaType.STRING).format("date-time");
    }
    if (type == long.class || type == OptionalLong.class) {
      return schema(SchemaType.INTEGER).format("int64");
    }
    if (type == int.class) {
      return schema(SchemaType.INTEGER).format("int32");
    }
    if (type == double.class || type == OptionalDouble.class) {
      return schema(SchemaType.NUMBER).format("double");
    }
    if (type instanceof Class<?> named && (named.isRecord() || named.isEnum())) {
      return reference(named, schemas);
    }
    if (type == boolean.class) {
      return schema(SchemaType.BOOLEAN);
    }
    if (type == String.class) {
      return schema(SchemaType.STRING);
    }
    throw new IllegalStateException("no schema for " + type);
  }

  private static Schema reference(Class<?> type, Map<String, Schema> schemas) {
    String name = name(type);
    if (!schemas.containsKey(name)) {
      schemas.put(name, OASFactory.createSchema()); // so that records may hold one another
      schemas.put(name, type.isEnum() ? constants(type) : properties(type, schemas));
    }
    return OASFactory.createSchema().ref(PREFIX + name);
  }

  /** Nested types are named with the type around them: {@code TransitionViewStep}. */
  private static String name(Class<?> type) {
    Class<?> around = type.getDeclaringClass();
    return around == null ? type.getSimpleName() : name(around) + type.getSimpleName();
  }

  private static Schema constants(Class<?> type) {
    return schema(SchemaType.STRING)
        .enumeration(
            Arrays.stream(type.getEnumConstants())
                .<Object>map(constant -> ((Enum<?>) constant).name())
                .toList());
  }

  private static Schema properties(Class<?> type, Map<String, Schema> schemas) {
    Schema schema = schema(SchemaType.OBJECT);
    for (RecordComponent component : type.getRecordComponents()) {
      schema.addProperty(component.getName(), of(component.getGenericType(), schemas));
      if (!isOptional(component.getType())) {
        schema.addRequired(component.getName());
      }
    }
    return schema;
  }

  private static boolean isOptional(Class<?> type) {
    return type == Optional.class || type == OptionalLong.class || type == OptionalDouble.class;
  }

  private static Schema schema(SchemaType type) {
    return OASFactory.createSchema().addType(type);
  }
}
