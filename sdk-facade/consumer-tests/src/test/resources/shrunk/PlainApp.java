import com.squareup.moshi.Moshi;
import java.io.IOException;
import okhttp3.OkHttpClient;
import retrofit2.Call;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Query;

/** An app without the SDK, against which DexIT compares one with it. */
public final class PlainApp {
  interface Api {
    @GET("notes")
    Call<Note> note(@Query("id") String id);

    @POST("notes")
    Call<Note> write(@Body Note note);
  }

  static final class Note {
    String text;
  }

  public static void main(String[] args) throws IOException {
    Api api =
        new Retrofit.Builder()
            .baseUrl(args[0])
            .client(new OkHttpClient())
            .addConverterFactory(MoshiConverterFactory.create(new Moshi.Builder().build()))
            .build()
            .create(Api.class);
    Note note = api.note(args[1]).execute().body();
    System.out.println(api.write(note).execute().body().text);
  }
}
