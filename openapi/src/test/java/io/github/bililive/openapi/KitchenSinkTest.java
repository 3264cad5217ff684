package io.github.bililive.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import io.github.bililive.kitchensink.model.Animal;
import io.github.bililive.kitchensink.model.AnyDisc;
import io.github.bililive.kitchensink.model.BigLevel;
import io.github.bililive.kitchensink.model.Cat;
import io.github.bililive.kitchensink.model.Circle;
import io.github.bililive.kitchensink.model.Colour;
import io.github.bililive.kitchensink.model.Defaults;
import io.github.bililive.kitchensink.model.Dog;
import io.github.bililive.kitchensink.model.GeneratedJsonAdapterFactory;
import io.github.bililive.kitchensink.model.Kinds;
import io.github.bililive.kitchensink.model.Level;
import io.github.bililive.kitchensink.model.NoDisc;
import io.github.bililive.kitchensink.model.Other;
import io.github.bililive.kitchensink.model.Ratio;
import io.github.bililive.kitchensink.model.Shape;
import io.github.bililive.kitchensink.model.Third;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What JSON becomes for each construct of OpenAPI 3.0, and that it comes back. */
class KitchenSinkTest {
  private final Moshi moshi = new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Colour | \"light-blue\"",
        "Colour | \"new\"",
        "Colour | \"红\"",
        "Level | -3",
        "Level | 77",
        "BigLevel | 5000000000",
        "Ratio | 0.5",
        "Ratio | 0.75",
        "Shape | {\"kind\":\"round\",\"r\":0.10}",
        "Shape | {\"kind\":\"flat\",\"side\":1.5}",
        "Shape | {\"kind\":\"new\",\"x\":[9007199254740993,null]}",
        "Shape | {\"no\":\"kind\"}",
        "NoDisc | {\"y\":1}",
        "NoDisc | {\"x\":\"x\"}",
        "NoDisc | \"1\"",
        "NoDisc | 1",
        "NoDisc | [\"a\"]",
        "NoDisc | 1.5",
        "NoDisc | [[1],{\"a\":null}]",
        "AnyDisc | {\"y\":1}",
        "AnyDisc | {\"y\":1,\"x\":\"both\"}",
        "NoDisc | {\"y\":1,\"new\":[1,{\"deep\":null}]}",
        "OneOrOther | {\"own\":\"o\",\"b\":\"b\"}",
        "OwnAndOneOf | {\"own\":\"o\",\"y\":1}",
        "OfLists | [{\"x\":\"x\"}]",
        "Moods | {\"must\":\"good\",\"rank\":2,\"may\":\"new\",\"inline\":\"x\",\"inlineRank\":7,"
            + "\"list\":[\"bad\",null,\"new\"],\"map\":{\"a\":\"m\",\"b\":null}}",
        "Moods | {\"must\":null,\"rank\":null,\"may\":null,\"inline\":null,\"inlineRank\":null}",
        "Moods | {\"must\":null,\"rank\":3}",
        "Uri | \"urn:b\"",
        "Uri | \"urn:new\"",
        "SetDefault | {\"set\":[\"b\",\"a\"],\"uri\":\"urn:a\"}",
        "SelfMapped | {\"kind\":\"self\"}",
        "SelfMapped | {\"kind\":\"sub\",\"more\":\"m\"}",
        "PathModel | {\"collections\":{\"l\":[],\"other\":1}}",
        "Wide | {\"p1\":1,\"p130\":130,\"new\":\"n\"}",
        "Animal | {\"kind\":\"new\",\"name\":\"n\"}",
        "Animal | {\"kind\":\"cat\",\"name\":\"n\",\"lives\":9}",
        "Animal | {\"kind\":\"Dog\",\"name\":\"n\",\"age\":3,\"bark\":\"b\"}",
        "Composed | {\"x\":\"x\",\"y\":1,\"z\":true}",
        "AddlTyped | {\"a\":\"a\",\"b\":1,\"c\":2}",
        "Tree | {\"children\":[{\"children\":[]},{\"parent\":{}}]}",
        "Model2Start | {\"a\":\"a\"}",
        "StringModel | {\"a\":\"a\"}",
        "ObjectModel | {\"a\":\"a\"}",
        "ListModel | {\"a\":\"a\"}",
        "OverrideModel | {\"a\":\"a\"}",
        "BuilderModel | {\"a\":\"a\"}",
        "JsonReaderModel | {\"a\":{\"a\":\"a\"}}",
        "Names | {\"class\":\"1\",\"2fast\":\"2\",\"a-b\":\"3\",\"$ref2\":\"4\",\"名字\":\"5\","
            + "\"getClass\":\"6\",\"hashCode\":\"7\",\"@type\":\"8\",\"x y\":\"9\","
            + "\"builder\":\"10\",\"additionalProperties\":\"11\",\"_\":\"12\",\"+1\":13,\"-1\":14,"
            + "\"value\":\"15\"}",
      })
  void itComesBackAsItWas(String model, String json) throws Exception {
    Class<?> type = Class.forName("io.github.bililive.kitchensink.model." + model);

    assertThat(rewritten(type, json)).isEqualTo(json);
  }

  @Test
  void anEnumIsItsConstantOrAnUnknownValue() throws IOException {
    assertThat(moshi.adapter(Colour.class).fromJson("\"red\"")).isSameAs(Colour.RED);
    assertThat(moshi.adapter(Colour.class).fromJson("\"new\"")).isEqualTo(Colour.of("new"));
    assertThat(moshi.adapter(Level.class).fromJson("1")).isSameAs(Level.NUMBER_1);
    assertThat(moshi.adapter(BigLevel.class).fromJson("7").getValue()).isEqualTo(7L);
    assertThat(moshi.adapter(Ratio.class).fromJson("0.5").getValue())
        .isEqualTo(new BigDecimal("0.5"));
    assertThatThrownBy(() -> moshi.adapter(Level.class).fromJson("\"text\""))
        .isInstanceOf(JsonDataException.class)
        .hasMessageContaining("$");
  }

  @Test
  void theDiscriminatorSaysWhichAlternativeItIs() throws IOException {
    assertThat(moshi.adapter(Shape.class).fromJson("{\"r\":1,\"kind\":\"round\"}").getValue())
        .isEqualTo(Circle.builder().kind("round").r(BigDecimal.ONE).build());
    assertThat(moshi.adapter(Shape.class).fromJson("{\"kind\":\"new\"}").getValue())
        .isEqualTo(Collections.singletonMap("kind", "new"));
  }

  @Test
  void withoutDiscriminatorItIsTheAlternativeThatFits() throws IOException {
    assertThat(noDisc("{\"y\":1}")).isEqualTo(Third.builder().y(1).build());
    assertThat(noDisc("{\"x\":\"x\"}")).isEqualTo(Other.builder().x("x").build());
    assertThat(noDisc("\"1\"")).isEqualTo("1");
    assertThat(noDisc("1")).isEqualTo(1L);
    assertThat(noDisc("[\"a\"]")).isEqualTo(Collections.singletonList("a"));
    assertThat(noDisc("true")).isEqualTo(true);
    assertThat(moshi.adapter(NoDisc.class).toJson(NoDisc.of(Other.builder().x("x").build())))
        .isEqualTo("{\"x\":\"x\"}");
    assertThat(moshi.adapter(AnyDisc.class).fromJson("{\"x\":\"x\"}"))
        .isEqualTo(AnyDisc.of(Other.builder().x("x").build()));
  }

  @Test
  void whatAnAlternativeDoesNotKnowIsKeptBesideIt() throws IOException {
    AnyDisc both = moshi.adapter(AnyDisc.class).fromJson("{\"y\":1,\"x\":\"both\"}");

    assertThat(both.getValue()).isEqualTo(Third.builder().y(1).build());
    assertThat(both.getJson()).hasToString("{y=1, x=both}");
    assertThat(moshi.adapter(AnyDisc.class).fromJson("{\"y\":1}").getJson()).isNull();
  }

  @Test
  void aClassThatOthersExtendIsReadAsTheOneThatTheDiscriminatorNames() throws IOException {
    Cat cat = Cat.builder().kind("cat").name("n").lives(9).build();

    assertThat(
            moshi.adapter(Animal.class).fromJson("{\"lives\":9,\"name\":\"n\",\"kind\":\"cat\"}"))
        .isEqualTo(cat);
    assertThat(cat.newBuilder().name("m").build().getName()).isEqualTo("m");
    assertThat(moshi.adapter(Animal.class).fromJson("{\"kind\":\"Dog\",\"name\":\"n\"}"))
        .isInstanceOf(Dog.class);
    assertThat(moshi.adapter(Animal.class).fromJson("{\"kind\":\"new\",\"name\":\"n\"}"))
        .isEqualTo(Animal.builder().kind("new").name("n").build());
  }

  @Test
  void requiredAndNullableMakeFourKinds() throws IOException {
    Kinds kinds = kinds("{\"rr\":1,\"rn\":null}");

    assertThat(kinds.getRr()).isOne();
    assertThat(kinds.getRn()).isNull();
    assertThat(kinds.getOo()).isNull();
    assertThat(kinds.hasOn()).isFalse();
    assertThat(kinds("{\"rr\":1,\"rn\":null,\"on\":null}").hasOn()).isTrue();
    assertThat(rewritten(Kinds.class, "{\"rr\":1,\"rn\":null,\"on\":null,\"ond\":null}"))
        .isEqualTo("{\"rr\":1,\"rn\":null,\"on\":null,\"ond\":null}");
    assertThatThrownBy(() -> kinds("{\"rr\":1}")).hasMessage("Required value 'rn' missing at $");
    assertThatThrownBy(() -> kinds("{\"rr\":null,\"rn\":1}")).hasMessageContaining("$.rr");
    assertThatThrownBy(() -> Kinds.builder().build())
        .hasMessage("Kinds needs rr: set it before build()");
  }

  @Test
  void whatIsReadOnlyOrWriteOnlyNeedNotBeThere() throws IOException {
    Kinds kinds = Kinds.builder().rr(1).rn(2L).build();

    assertThat(kinds.getRo()).isNull();
    assertThat(kinds("{\"rr\":1,\"rn\":2}").getWo()).isNull();
    assertThat(kinds("{\"rr\":1,\"rn\":2,\"ro\":\"r\",\"wo\":\"w\"}").getRo()).isEqualTo("r");
  }

  @Test
  void aDefaultStandsForAbsentAndNull() throws IOException {
    Kinds absent = kinds("{\"rr\":1,\"rn\":2}");

    assertThat(absent.getOd()).isEqualTo(3L);
    assertThat(absent.getDs()).isEqualTo("a\"b\\c d");
    assertThat(absent.getDd()).isEqualTo(1.5);
    assertThat(absent.getDn()).isEqualTo(new BigDecimal("1.5"));
    assertThat(absent.getDl()).containsExactly("a", "b");
    assertThat(absent.getDle()).isEmpty();
    assertThat(absent.getDe()).isSameAs(Colour.RED);
    assertThat(absent.getDie().getValue()).isEqualTo("y");
    assertThat(absent.getOnd()).isNull();
    assertThat(
            kinds(
                "{\"rr\":1,\"rn\":2,\"od\":null,\"ds\":null,\"dd\":null,\"dl\":null,\"de\":null}"))
        .isEqualTo(absent);
    assertThat(Kinds.builder().rr(1).rn(2L).build()).isEqualTo(absent);
  }

  @Test
  void everyFormatComesBackAsItWas() throws IOException {
    String json =
        "{\"rr\":9007199254740993,\"rn\":1,\"oo\":-1,\"od\":4,\"num\":0.10,\"dec\":\"0.10\","
            + "\"dst\":\"2020-01-02\",\"dtt\":\"2020-01-02T03:04:05.678+08:00\",\"ds\":\"\","
            + "\"dd\":1.0E300,\"dn\":12345678901234567890.5,\"dl\":[],\"dle\":[\"x\"],"
            + "\"de\":\"new\",\"die\":\"x\",\"bin\":\"b\",\"by\":\"AA==\",\"short\":2,"
            + "\"enums\":[\"p\",\"new\"],\"enumMap\":{\"k\":\"red\",\"l\":\"new\"},"
            + "\"set\":[\"b\",\"a\"],\"inlineObj\":{\"q\":\"q\",\"deeper\":{\"r\":1}},"
            + "\"inlineArr\":[{\"q\":\"q\"}],\"uni\":5,\"free\":{\"a\":[1,{\"b\":null}]},"
            + "\"any\":null,\"pw\":\"p\"}";

    assertThat(rewritten(Kinds.class, json)).isEqualTo(json);
  }

  @Test
  void aListOfModelsCanBeBuilt() {
    assertThat(
            moshi
                .adapter(Kinds.class)
                .toJson(Kinds.builder().rr(1).rn(null).dl(Arrays.asList("c", "d")).build()))
        .contains("\"dl\":[\"c\",\"d\"]");
  }

  private Object noDisc(String json) throws IOException {
    return moshi.adapter(NoDisc.class).fromJson(json).getValue();
  }

  @Test
  void defaultsOfArraysOfDatesAndIntegersAreThoseOfTheDocument() throws IOException {
    Defaults defaults = moshi.adapter(Defaults.class).fromJson("{}");

    assertThat(defaults.getDdl()).containsExactly("2020-01-02", "2020-01-03");
    assertThat(defaults.getDll()).containsExactly(1L, -2L);
  }

  @Test
  void defaultsOfBase64AndOfObjectsCountAsNone() throws IOException {
    Defaults defaults = moshi.adapter(Defaults.class).fromJson("{}");

    assertThat(defaults.getDby()).isNull();
    assertThat(defaults.getDfo()).isNull();
    assertThat(defaults.getDob()).isNull();
  }

  private Kinds kinds(String json) throws IOException {
    return moshi.adapter(Kinds.class).fromJson(json);
  }

  private <T> String rewritten(Class<T> type, String json) throws IOException {
    return moshi.adapter(type).toJson(moshi.adapter(type).fromJson(json));
  }
}
