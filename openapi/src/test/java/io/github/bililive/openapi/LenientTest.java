package io.github.bililive.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.squareup.moshi.JsonDataException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas that are read leniently, in a document where others are not. */
class LenientTest {
  @TempDir static Path temp;
  private static GeneratedClient client;

  @BeforeAll
  static void generate() throws Exception {
    client = new GeneratedClient("/lenient.yaml", temp);
  }

  @AfterAll
  static void close() throws Exception {
    client.close();
  }

  @Test
  void whatIsRequiredAndMissingIsNullOrTheDefault() throws Exception {
    Object account = read("Account", "{}");

    assertThat(get(account, "getId")).isNull();
    assertThat(get(account, "getCount")).isNull();
    assertThat(get(account, "isFlag")).isNull();
    assertThat(get(account, "getStrict")).isNull();
    assertThat(get(account, "getSmall")).isEqualTo(7);
    assertThat(get(account, "getNumbers")).isEqualTo(List.of(1L));
    assertThat(client.again("Account", "{}")).isEqualTo("{}");
  }

  @Test
  void whatMayBeMissingIsNullableInTheGetter() throws Exception {
    Class<?> account = client.model("Account");
    assertThat(isNullable(account, "getId")).isTrue();
    assertThat(isNullable(account, "getCount")).isTrue();
    assertThat(isNullable(account, "getText")).isFalse();
    assertThat(account.getMethod("getLong").getReturnType()).isEqualTo(long.class);
    assertThat(isNullable(client.model("Strict"), "getN")).isFalse();
  }

  private static boolean isNullable(Class<?> model, String getter) throws Exception {
    return model.getMethod(getter).getAnnotatedReturnType().isAnnotationPresent(Nullable.class);
  }

  @Test
  void nullIsNullOrTheDefault() throws Exception {
    Object account =
        read(
            "Account", "{\"id\":null,\"count\":null,\"text\":null,\"open\":null,\"lenient\":null}");

    assertThat(get(account, "getId")).isNull();
    assertThat(get(account, "getText")).isEqualTo("d");
    assertThat(get(account, "isOpen")).isEqualTo(true);
    assertThat(others(account)).isEmpty();
  }

  @Test
  void aBuilderNeedsNothing() throws Exception {
    Object built = builder(client.model("Account"));

    assertThat(client.adapter("Account").toJson(build(built))).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "getSmall | {'small':'12'} | 12",
        "getSmall | {'small':12.0} | 12",
        "getSmall | {'small':''} | 7",
        "getLong | {'long':'-12'} | -12",
        "getLong | {'long':'1e3'} | 1000",
        "getLong | {'long':''} | 8",
        "getCount | {'count':'9007199254740993'} | 9007199254740993",
        "getReal | {'real':'1.25'} | 1.25",
        "getReal | {'real':3} | 3.0",
        "getSingle | {'single':'1.5'} | 1.5",
        "getExact | {'exact':'2.50'} | 2.50",
        "getExact | {'exact':''} | 1.5",
        "isOpen | {'open':0} | false",
        "isOpen | {'open':'0'} | false",
        "isOpen | {'open':'false'} | false",
        "isOpen | {'open':''} | true",
        "isFlag | {'flag':1} | true",
        "isFlag | {'flag':'true'} | true",
        "isAdmin | {'is_admin':'1'} | true",
        "isAdmin | {'is_admin':true} | true",
        "isAdmin | {'is_admin':2} | true",
        "getText | {'text':12} | 12",
        "getText | {'text':1.50} | 1.50",
        "getText | {'text':''} | ``",
        "getNumbers | {'numbers':['42',43]} | [42, 43]",
        "getNames | {'names':[1,'a']} | [1, a]",
        "getFlags | {'flags':[1,'false',true]} | [true, false, true]",
        "getPrices | {'prices':{'a':'1.50','b':2}} | {a=1.50, b=2}",
        "getLevel | {'level':'2'} | 2",
      })
  void aValueOfAnotherTypeIsWhatItPlainlyMeans(String getter, String json, String value)
      throws Exception {
    Object account = read("Account", json.replace('\'', '"'));

    assertThat(get(account, getter)).hasToString(value);
    assertThat(others(account)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "getSmall | 'small' | 30.5 | 7",
        "getSmall | 'small' | 12345678901 | 7",
        "getSmall | 'small' | 'abc' | 7",
        "getLong | 'long' | 30.5 | 8",
        "getLong | 'long' | 1e999999999 | 8",
        "getLong | 'long' | '1e999999999' | 8",
        "getLong | 'long' | 9223372036854775808 | 8",
        "getLong | 'long' | true | 8",
        "getLong | 'long' | [] | 8",
        "getLong | 'long' | {'a':[1,null]} | 8",
        "getReal | 'real' | 'NaN' | 0.5",
        "getReal | 'real' | '0x1p3' | 0.5",
        "getReal | 'real' | 1e999 | 0.5",
        "getExact | 'exact' | 'abc' | 1.5",
        "isOpen | 'open' | 2 | true",
        "isOpen | 'open' | 'yes' | true",
        "isAdmin | 'is_admin' | 0.5 | false",
        "isAdmin | 'is_admin' | 'x' | false",
        "getText | 'text' | true | d",
        "getText | 'text' | {} | d",
        "getNumbers | 'numbers' | {} | [1]",
        "getNumbers | 'numbers' | [1,'x'] | [1]",
        "getNumbers | 'numbers' | [1,null] | [1]",
        "getNumbers | 'numbers' | 'x' | [1]",
        "getPrices | 'prices' | [] | null",
        "getKind | 'kind' | {} | a",
        "getLevel | 'level' | 'x' | null",
        "getStrict | 'strict' | [] | null",
        "getStrict | 'strict' | {'m':2} | null",
        "getStrict | 'strict' | {'n':1.5} | null",
        "getStrict | 'strict' | 'x' | null",
        "getStricts | 'stricts' | [{'n':1},{}] | null",
        "getLenient | 'lenient' | [] | null",
        "getLenients | 'lenients' | [{},[]] | null",
      })
  void aValueThatDoesNotFitIsTheDefaultAndKeptAsItCame(
      String getter, String name, String value, String none) throws Exception {
    String json = ("{" + name + ":" + value + "}").replace('\'', '"');
    Object account = read("Account", json);

    assertThat(String.valueOf(get(account, getter))).isEqualTo(none);
    assertThat(others(account)).containsOnlyKeys(name.replace("'", "").trim());
    assertThat(client.again("Account", json)).isEqualTo(plain(json));
    assertThat(client.adapter("Account").serializeNulls().toJson(account))
        .containsOnlyOnce(name.replace('\'', '"') + ":");
  }

  /** As a BigDecimal is written. */
  private static String plain(String json) {
    return json.replace("1e999999999}", "1E+999999999}").replace("1e999}", "1E+999}");
  }

  @Test
  void oneOddFieldCostsThatFieldAlone() throws Exception {
    Object account =
        read("Account", "{\"long\":{},\"id\":\"i\",\"small\":[[]],\"text\":\"t\",\"new\":[1]}");

    assertThat(get(account, "getId")).isEqualTo("i");
    assertThat(get(account, "getText")).isEqualTo("t");
    assertThat(others(account)).isEqualTo(Map.of("long", Map.of(), "small", List.of(List.of())));
  }

  @Test
  void whatIsWrittenInsideALenientSchemaIsLenientToo() throws Exception {
    String json =
        "{\"inline\":{\"n\":\"x\",\"s\":[]},\"inlines\":[{\"n\":[]}],\"strictInline\":{}}";
    Object account = read("Account", json);

    assertThat(others(get(account, "getInline"))).isEqualTo(Map.of("n", "x", "s", List.of()));
    assertThat((List<?>) get(account, "getInlines")).hasSize(1);
    assertThat(get(account, "getStrictInline")).isNull();
    assertThat(others(account)).containsOnlyKeys("strictInline");
    assertThat(client.again("Account", json)).isEqualTo(json);
  }

  @Test
  void theLastOfEqualNamesWins() throws Exception {
    assertThat(client.again("Account", "{\"long\":1.5,\"long\":2}")).isEqualTo("{\"long\":2}");
    assertThat(client.again("Account", "{\"long\":2,\"long\":1.5}")).isEqualTo("{\"long\":1.5}");
    assertThat(get(read("Account", "{\"long\":2,\"long\":1.5}"), "getLong")).isEqualTo(8L);
  }

  @Test
  void whatIsSetTakesThePlaceOfWhatCame() throws Exception {
    Object read = read("Account", "{\"long\":1.5,\"small\":\"x\"}");
    Object builder = read.getClass().getMethod("newBuilder").invoke(read);
    builder.getClass().getMethod("_long", long.class).invoke(builder, 3L);
    Object changed = build(builder);

    assertThat(others(changed)).isEqualTo(Map.of("small", "x"));
    assertThat(client.adapter("Account").toJson(changed)).isEqualTo("{\"long\":3,\"small\":\"x\"}");
  }

  @Test
  void aSecretOfAnotherTypeIsNotShown() throws Exception {
    assertThat(client.shown("Account", "{\"secret\":{\"key\":\"hidden\"},\"long\":\"x\"}"))
        .doesNotContain("hidden")
        .contains("secret=██", "long=x");
  }

  @Test
  void otherPropertiesOfATypeAreThatOrAsTheyCame() throws Exception {
    Object typed = read("Typed", "{\"a\":\"x\",\"b\":{\"n\":1},\"c\":{\"n\":\"y\"},\"d\":null}");

    assertThat(others(typed).get("b")).isInstanceOf(client.model("Strict"));
    assertThat(others(typed).get("c")).isEqualTo(Map.of("n", "y"));
    assertThat(client.adapter("Typed").toJson(typed))
        .isEqualTo("{\"a\":\"x\",\"b\":{\"n\":1},\"c\":{\"n\":\"y\"},\"d\":null}");
  }

  @Test
  void whatExtendsALenientSchemaAndWhatThatExtendsAreLenient() throws Exception {
    Object cat = read("Pet", "{\"type\":\"cat\",\"age\":\"x\",\"lives\":\"9\"}");

    assertThat(cat).isInstanceOf(client.model("Cat"));
    assertThat(get(cat, "getLives")).isEqualTo(9L);
    assertThat(get(cat, "getAge")).isNull();
    assertThat(others(cat)).isEqualTo(Map.of("age", "x"));
    assertThat(get(read("Pet", "{\"type\":\"dog\"}"), "getAge")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"o\":\"a\"}", "{\"o\":\"a\",\"new\":1}", "{\"o\":\"a\",\"n\":null}"})
  void anAlternativeHasWhatItRequiresIfThereIsOne(String json) throws Exception {
    Object either = get(read("Box", "{\"either\":" + json + "}"), "getEither");

    assertThat(get(either, "getValue").getClass().getSimpleName())
        .isEqualTo(json.contains("\"n\"") ? "Inner" : "Other");
  }

  @Test
  void anAlternativeMayLackWhatItRequiresIfNoneHasIt() throws Exception {
    Object either = get(read("Box", "{\"either\":{\"n\":\"x\"}}"), "getEither");

    assertThat(get(either, "getValue")).isInstanceOf(client.model("Inner"));
  }

  @Test
  void anAdapterThatFailsOnUnknownIsStrict() throws Exception {
    assertThatThrownBy(() -> client.adapter("Inner").failOnUnknown().fromJson("{\"n\":\"1\"}"))
        .isInstanceOf(JsonDataException.class)
        .hasMessageContaining("$.n");
    assertThatThrownBy(() -> client.adapter("Inner").failOnUnknown().fromJson("{\"n\":1.5}"))
        .isInstanceOf(JsonDataException.class)
        .hasMessageContaining("$.n");
    assertThatThrownBy(() -> client.adapter("Inner").failOnUnknown().fromJson("{}"))
        .isInstanceOf(JsonDataException.class)
        .hasMessageContaining("'n'");
  }

  @Test
  void aStrictSchemaStaysStrict() {
    assertThatThrownBy(() -> read("Strict", "{}")).isInstanceOf(JsonDataException.class);
    assertThatThrownBy(() -> read("Strict", "{\"n\":1.5}")).isInstanceOf(JsonDataException.class);
  }

  @Test
  void aTreeAsDeepAsOneReaderTakesIsReadInLinearTime() throws Exception {
    String json = "{\"inners\":[".repeat(100) + "1" + "]}".repeat(100);

    assertThat(client.again("Inner", json)).isEqualTo(json);
    assertThatThrownBy(() -> read("Inner", "{\"inners\":[".repeat(9999) + "1" + "]}".repeat(9999)))
        .isInstanceOf(JsonDataException.class);
  }

  @Test
  void byTheOptionAllSchemasAreButThoseThatSayNo(@TempDir Path folder) throws Exception {
    Path spec =
        Generation.schemas(
            folder,
            "    A: {type: object, required: [a], properties: {a: {type: integer}}}\n"
                + "    B: {type: object, x-lenient: false, required: [a],"
                + " properties: {a: {type: integer}}}\n");

    Generation.run(
        spec, folder.resolve("out"), options -> options.addAdditionalProperty("lenient", "true"));

    Map<String, String> files = Generation.javaFiles(folder.resolve("out"));
    assertThat(files.get("src/main/java/org/openapitools/client/model/A.java"))
        .contains("public @Nullable Long getA()");
    assertThat(files.get("src/main/java/org/openapitools/client/model/B.java"))
        .contains("public long getA()");
  }

  @Test
  void exactNumbersKeepTheirDigits() throws Exception {
    String digits = "1." + "1234567890".repeat(20);

    assertThat(get(read("Account", "{\"exact\":" + digits + "}"), "getExact"))
        .isEqualTo(new BigDecimal(digits));
  }

  private static Object read(String model, String json) throws Exception {
    return client.adapter(model).fromJson(json);
  }

  private static Object get(Object model, String getter) throws Exception {
    return model.getClass().getMethod(getter).invoke(model);
  }

  @SuppressWarnings("unchecked") // As the getter is declared.
  private static Map<String, Object> others(Object model) throws Exception {
    return (Map<String, Object>) get(model, "getAdditionalProperties");
  }

  private static Object builder(Class<?> model) throws Exception {
    return model.getMethod("builder").invoke(null);
  }

  private static Object build(Object builder) throws Exception {
    return builder.getClass().getMethod("build").invoke(builder);
  }
}
