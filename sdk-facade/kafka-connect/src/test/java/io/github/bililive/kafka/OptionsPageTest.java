package io.github.bililive.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

/**
 * What the options are, and what the page says of them. {@code -Doptions.update=true} writes it.
 */
class OptionsPageTest {
  private static final Path PAGE = Path.of("../docs/kafka-connect.md");
  private static final String TITLE = "## Options\n";

  @Test
  void thePageListsTheOptionsAsTheyAreDefined() throws Exception {
    String page = Files.readString(PAGE);
    String expected = page.substring(0, page.indexOf(TITLE)) + TITLE + "\n" + table();
    if (Boolean.getBoolean("options.update")) {
      Files.writeString(PAGE, expected);
    }

    assertThat(Files.readString(PAGE)).isEqualTo(expected);
  }

  @Test
  void whatHoldsASecretIsNotShown() {
    List<String> secrets =
        RoomsConfig.DEFINITION.configKeys().values().stream()
            .filter(option -> option.type == Type.PASSWORD)
            .map(option -> option.name)
            .toList();
    Map<String, String> options =
        secrets.stream().collect(Collectors.toMap(option -> option, option -> "hidden-" + option));
    options.put("topic", "events");
    options.put("app.client.id", "client");
    options.put("open.live.access.key.id", "key");

    assertThat(secrets)
        .containsExactlyInAnyOrder(
            "app.secret", "open.live.access.key.secret", "rooms", "jdbc.url", "jdbc.password");
    assertThat(new RoomsConfig(options).values().toString()).doesNotContain("hidden-");
    assertThat(new RoomsConnector().validate(options).configValues())
        .allSatisfy(value -> assertThat(value.errorMessages().toString()).doesNotContain("hidden-"))
        .filteredOn(value -> secrets.contains(value.name()))
        .extracting(ConfigValue::value)
        .allMatch(Password.class::isInstance);
  }

  @Test
  void optionsThatDoNotFitTogetherAreRefusedWithWhatWouldBeRight() {
    assertThat(problems(Map.of("topic", "t")))
        .containsExactly(
            "of rooms, rooms.file, rooms.jdbc.query and rooms.class give one: given are []");
    assertThat(problems(Map.of("topic", "t", "rooms", "a", "app.client.id", "c")))
        .containsExactly("app.client.id and app.secret go together: give both or neither");
    assertThat(problems(Map.of("topic", "t", "rooms", "a", "token.store", "files")))
        .containsExactly("token.store=files needs token.store.directory");
    assertThat(problems(Map.of("topic", "t", "rooms.jdbc.query", "SELECT 1")))
        .containsExactly("rooms.jdbc.query needs jdbc.url");
    assertThat(problems(Map.of("topic", "t", "rooms", "a secret-word with more")))
        .containsExactly("rooms, line 1 is no room: " + RoomLines.FORMAT);
  }

  private static List<String> problems(Map<String, String> options) {
    return new RoomsConnector()
        .validate(options).configValues().stream()
            .flatMap(value -> value.errorMessages().stream())
            .toList();
  }

  private static String table() {
    StringBuilder table = new StringBuilder();
    String group = "";
    for (ConfigKey option :
        RoomsConfig.DEFINITION.configKeys().values().stream()
            .sorted((one, other) -> Integer.compare(one.orderInGroup, other.orderInGroup))
            .toList()) {
      if (!option.group.equals(group)) {
        group = option.group;
        table.append(table.isEmpty() ? "" : "\n");
        table.append("| ").append(group).append(" | type, default | meaning |\n|---|---|---|\n");
      }
      table.append(
          "| `%s` | %s | %s |\n".formatted(option.name, type(option), option.documentation));
    }
    return table.toString();
  }

  private static String type(ConfigKey option) {
    String type = option.type.toString().toLowerCase(Locale.ROOT);
    if (option.defaultValue == ConfigDef.NO_DEFAULT_VALUE) {
      return type + ", required";
    }
    String value =
        option.type == Type.PASSWORD
            ? ((Password) option.defaultValue).value()
            : String.valueOf(option.defaultValue);
    return value.isEmpty() || value.equals("[]") ? type : type + ", " + value;
  }
}
