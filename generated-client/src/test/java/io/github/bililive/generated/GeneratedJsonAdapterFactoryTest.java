package io.github.bililive.generated;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import io.github.bililive.generated.model.GeneratedJsonAdapterFactory;
import io.github.bililive.generated.model.HeartbeatRequest;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GeneratedJsonAdapterFactoryTest {
  private final Moshi moshi = new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build();

  @Test
  void itLeavesOtherTypesToOtherFactories() {
    assertThat(
            GeneratedJsonAdapterFactory.INSTANCE.create(
                String.class, Collections.emptySet(), moshi))
        .isNull();
  }

  @Test
  void itLeavesQualifiedModelsToOtherFactories() throws NoSuchMethodException {
    Set<? extends Annotation> qualifiers =
        Collections.singleton(
            GeneratedJsonAdapterFactoryTest.class
                .getDeclaredMethod("annotated")
                .getAnnotation(Deprecated.class));

    assertThat(
            GeneratedJsonAdapterFactory.INSTANCE.create(HeartbeatRequest.class, qualifiers, moshi))
        .isNull();
  }

  @Test
  void moshiFindsTheAdaptersOfModelsInsideCollections() throws IOException {
    JsonAdapter<List<HeartbeatRequest>> adapter =
        moshi.adapter(Types.newParameterizedType(List.class, HeartbeatRequest.class));

    assertThat(adapter.fromJson("[{\"conn_id\":\"c\"},null]"))
        .containsExactly(HeartbeatRequest.builder().connId("c").build(), null);
  }

  @Deprecated
  @SuppressWarnings("unused") // Only its annotation is.
  private static void annotated() {}
}
