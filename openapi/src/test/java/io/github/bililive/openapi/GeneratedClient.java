package io.github.bililive.openapi;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;

/** The client of a document among the test's resources: generated, compiled and loaded. */
final class GeneratedClient {
  private final URLClassLoader loader;
  private final Moshi moshi;

  GeneratedClient(String resource, Path temp) throws Exception {
    Path spec = Paths.get(GeneratedClient.class.getResource(resource).toURI());
    Path sources = temp.resolve("sources");
    Path classes = Files.createDirectory(temp.resolve("classes"));
    Generation.run(spec, sources);
    Generation.compile(sources, classes);
    loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
    moshi =
        new Moshi.Builder()
            .add(
                (JsonAdapter.Factory)
                    model("GeneratedJsonAdapterFactory").getField("INSTANCE").get(null))
            .build();
  }

  Class<?> model(String name) throws ClassNotFoundException {
    return loader.loadClass("c.model." + name);
  }

  Class<?> api(String name) throws ClassNotFoundException {
    return loader.loadClass("c.api." + name);
  }

  @SuppressWarnings("unchecked") // Read and written as whatever it is.
  JsonAdapter<Object> adapter(String model) throws ClassNotFoundException {
    return (JsonAdapter<Object>) (JsonAdapter<?>) moshi.adapter((Type) model(model));
  }

  /** What a model is written as after it was read. */
  String again(String model, String json) throws ClassNotFoundException, IOException {
    return adapter(model).toJson(adapter(model).fromJson(json));
  }

  /** What each property of a model is after it was read, the defaults among them. */
  String shown(String model, String json) throws ClassNotFoundException, IOException {
    return adapter(model).fromJson(json).toString();
  }

  /** Values of a parameter of an array in one text. */
  Object separated(String how, Iterable<?> values) throws ReflectiveOperationException {
    return api("Separated").getMethod(how, Iterable.class).invoke(null, values);
  }

  /** Makes a call; the interface must be one that Retrofit takes as a whole. */
  Response<?> call(HttpUrl server, String api, String method, Object... arguments)
      throws Exception {
    Class<?> type = api(api);
    Object calls =
        new Retrofit.Builder()
            .baseUrl(server)
            .addConverterFactory(MoshiConverterFactory.create(moshi))
            .validateEagerly(true)
            .build()
            .create(type);
    Method call =
        Stream.of(type.getMethods())
            .filter(candidate -> candidate.getName().equals(method))
            .findFirst()
            .orElseThrow();
    return ((Call<?>) call.invoke(calls, arguments)).execute();
  }

  void close() throws IOException {
    loader.close();
  }
}
