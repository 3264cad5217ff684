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
import okhttp3.OkHttpClient;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;

/** The client of a document among the test's resources: generated, compiled and loaded. */
final class GeneratedClient {
  private static final OkHttpClient CLIENT = new OkHttpClient();

  private final URLClassLoader loader;
  private final String packages;
  private final Moshi moshi;

  GeneratedClient(String resource, Path temp) throws Exception {
    this(compiled(resource, temp), "c");
  }

  /** Of classes that are in the packages {@code model} and {@code api} below this one. */
  GeneratedClient(URLClassLoader loader, String packages) throws ReflectiveOperationException {
    this.loader = loader;
    this.packages = packages;
    moshi =
        new Moshi.Builder()
            .add(
                (JsonAdapter.Factory)
                    model("GeneratedJsonAdapterFactory").getField("INSTANCE").get(null))
            .build();
  }

  private static URLClassLoader compiled(String resource, Path temp) throws Exception {
    Path spec = Paths.get(GeneratedClient.class.getResource(resource).toURI());
    Path sources = temp.resolve("sources");
    Path classes = Files.createDirectory(temp.resolve("classes"));
    Generation.run(spec, sources);
    Generation.compile(sources, classes);
    return new URLClassLoader(new URL[] {classes.toUri().toURL()});
  }

  Class<?> model(String name) throws ClassNotFoundException {
    return loader.loadClass(packages + ".model." + name);
  }

  Class<?> api(String name) throws ClassNotFoundException {
    return loader.loadClass(packages + ".api." + name);
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
    Object calls = calls(server, type);
    Method call =
        Stream.of(type.getMethods())
            .filter(candidate -> candidate.getName().equals(method))
            .findFirst()
            .orElseThrow();
    return ((Call<?>) call.invoke(calls, arguments)).execute();
  }

  /** An interface that Retrofit takes as a whole. */
  Object calls(HttpUrl server, Class<?> api) {
    return new Retrofit.Builder()
        .baseUrl(server)
        .client(CLIENT)
        .addConverterFactory(MoshiConverterFactory.create(moshi))
        .validateEagerly(true)
        .build()
        .create(api);
  }

  void close() throws IOException {
    loader.close();
  }
}
