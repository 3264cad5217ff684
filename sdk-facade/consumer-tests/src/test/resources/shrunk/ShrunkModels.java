import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import io.github.bililive.kitchensink.model.Animal;
import io.github.bililive.kitchensink.model.Cat;
import io.github.bililive.kitchensink.model.Colour;
import io.github.bililive.kitchensink.model.GeneratedJsonAdapterFactory;
import io.github.bililive.kitchensink.model.Kinds;
import io.github.bililive.kitchensink.model.Level;
import io.github.bililive.kitchensink.model.NoDisc;
import io.github.bililive.kitchensink.model.Shape;
import java.io.IOException;
import java.util.Collections;

/** What ShrunkIT shrinks, too: generated models, read, looked at and written. */
public final class ShrunkModels {
  private static final Moshi MOSHI =
      new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build();

  public static void main(String[] args) throws IOException {
    if (args.length > 0) {
      // As a client without generated adapters would do it: Moshi looks at the fields.
      Reflected reflected = new Reflected();
      reflected.danmaku = args[0];
      System.out.println(new Moshi.Builder().build().adapter(Reflected.class).toJson(reflected));
      return;
    }
    Colour colour = back(Colour.class, "\"light-blue\"");
    System.out.println(colour == Colour.LIGHT_BLUE);
    System.out.println(back(Colour.class, "\"new\"").equals(Colour.of("new")));
    System.out.println(back(Level.class, "-3") + " " + back(Level.class, "77").getValue());
    System.out.println(back(Shape.class, "{\"kind\":\"round\",\"r\":0.10}").getValue());
    System.out.println(back(Shape.class, "{\"kind\":\"new\",\"x\":[1,null]}").getValue());
    System.out.println(back(NoDisc.class, "{\"y\":1,\"new\":true}").getJson());
    Animal cat = back(Animal.class, "{\"kind\":\"cat\",\"name\":\"n\",\"lives\":9}");
    System.out.println(cat instanceof Cat && ((Cat) cat).getLives() == 9);
    Kinds kinds =
        back(
            Kinds.class,
            "{\"rr\":1,\"rn\":null,\"on\":null,\"enumMap\":{\"a\":\"red\",\"b\":\"new\"},"
                + "\"set\":[\"b\",\"a\"],\"enums\":[\"p\",\"z\"],\"free\":{\"n\":[0.10]}}");
    System.out.println(kinds);
    System.out.println(kinds.hasOn() + " " + kinds.hasOnd() + " " + kinds.getDie());
    System.out.println(
        write(
            Kinds.class,
            kinds.newBuilder()
                .on(7L)
                .enumMap(Collections.singletonMap("k", Colour.RED))
                .build()));
    JsonAdapter<Object> any =
        MOSHI.adapter(Object.class, GeneratedJsonAdapterFactory.NotAModel.class);
    System.out.println(any.toJson(any.fromJson("{\"id\":9007199254740993}")));
    System.out.println("done");
  }

  private static <T> T back(Class<T> type, String json) throws IOException {
    T value = MOSHI.adapter(type).fromJson(json);
    System.out.println(write(type, value));
    return value;
  }

  private static <T> String write(Class<T> type, T value) {
    JsonAdapter<T> adapter = MOSHI.adapter(type);
    return adapter.toJson(value);
  }

  static final class Reflected {
    String danmaku;
  }
}
