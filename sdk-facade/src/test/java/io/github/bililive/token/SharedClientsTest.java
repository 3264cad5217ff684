package io.github.bililive.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.AccessToken;
import io.github.bililive.BiliLiveClient;
import io.github.bililive.ClientThreads;
import io.github.bililive.Credentials;
import io.github.bililive.Databases;
import io.github.bililive.Heard;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.GrantedPair;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real clients that share a store, against a platform whose refresh tokens work once. */
@Timeout(120)
class SharedClientsTest {
  private static final int BROADCASTERS = 40;

  private final ClientThreads threads = ClientThreads.from();
  private final Sandbox sandbox =
      Sandbox.builder()
          .accessTokens(
              IntStream.range(0, BROADCASTERS).mapToObj(i -> "t" + i).toArray(String[]::new))
          .start();
  private final List<BiliLiveClient> clients = new ArrayList<>();
  @TempDir Path directory;

  @AfterEach
  void close() throws InterruptedException {
    clients.forEach(BiliLiveClient::close);
    sandbox.close();
    threads.awaitTokensStored();
  }

  @Test
  void threeClientsRenewFortyPairsInFilesOnceEach() throws Exception {
    renewInThreeClients(FileTokenStore.in(directory));
  }

  static List<String> urls() {
    return Databases.all().toList();
  }

  @ParameterizedTest
  @MethodSource("urls")
  void threeClientsRenewFortyPairsInADatabaseOnceEach(String url) throws Exception {
    DataSource source = Databases.source(url);
    Databases.execute(source, JdbcTokenStoreTest.schema());
    renewInThreeClients(JdbcTokenStore.in(source));
  }

  private void renewInThreeClients(TokenStore store) throws Exception {
    for (int i = 0; i < BROADCASTERS; i++) {
      GrantedPair pair = sandbox.oauth().grant(i);
      store.save(
          "b" + i,
          OAuthToken.of(
              pair.accessToken(),
              pair.refreshToken(),
              pair.expiresAtSeconds(),
              List.of(),
              System.currentTimeMillis() / 1000));
    }
    for (int i = 0; i < 3; i++) {
      clients.add(
          BiliLiveClient.builder()
              .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
              .oauthBaseUrl(sandbox.baseUrl())
              .tokenStore(store)
              .build());
    }
    List<AccessToken> old = new ArrayList<>();
    for (Heard<AccessToken> each : askAll()) {
      old.add(each.await());
    }
    for (int i = 0; i < BROADCASTERS; i++) {
      for (BiliLiveClient client : clients) {
        client.oauth().provider("b" + i).invalidate(old.get(3 * i));
      }
    }
    List<Heard<AccessToken>> renewed = askAll();

    for (int i = 0; i < 3 * BROADCASTERS; i++) {
      String answer = renewed.get(i).await().getText();
      assertThat(answer).isEqualTo(sandbox.oauth().pair(i / 3).accessToken());
    }
    assertThat(sandbox.requests().stream().filter(SharedClientsTest::isRefresh))
        .hasSize(BROADCASTERS)
        .noneMatch(SeenRequest::isRefused);
  }

  private static boolean isRefresh(SeenRequest seen) {
    return seen.endpoint() == Endpoint.REFRESH_TOKEN;
  }

  private List<Heard<AccessToken>> askAll() {
    List<Heard<AccessToken>> all = new ArrayList<>();
    for (int i = 0; i < BROADCASTERS; i++) {
      for (BiliLiveClient client : clients) {
        Heard<AccessToken> heard = new Heard<>();
        client.oauth().provider("b" + i).accessToken(heard);
        all.add(heard);
      }
    }
    return all;
  }
}
