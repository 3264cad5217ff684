package io.github.bililive.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformCodeTest {
  /**
   * The platform's lists, as they are known: the codes and how their meanings begin. Of OAuth, the
   * test of tokens holds the texts.
   */
  private static final String DOCUMENTED =
      "4000 bad parameter · 4001 app invalid · 4002 signature wrong · 4003 timestamp expired ·"
          + " 4004 nonce repeated · 4005 signature method · 4006 signature version · 4007 IP not on"
          + " the allow list · 4008 no permission · 4009 rate or quota · 4010 no such interface ·"
          + " 4011 Content-Type · 4012 body MD5 · 4013 Accept · 5000 service · 5001 timeout ·"
          + " 5002 internal · 5003 configuration · 5004 room not on the allow list · 5005 room on"
          + " the block list · 5011 app not yet released: only the developer's own room ·"
          + " 7000 not running · 7001 cooling down · 7002 already running · 7003 heartbeat expired"
          + " or id unknown · 7004 batch too large · 7005 batch holds duplicates · 7007 identity"
          + " code wrong · 7008 plugin opened twice · 7009 no permission for props · 7010 too many"
          + " connections to the room · 8002 project not permitted · 127000 credentials missing ·"
          + " 127001 access token invalid · 127004 client_id invalid · 127005 the organisation is"
          + " not certified · 127006 the app is not certified · 127007 no permission · 127009 quota"
          + " · 127011 user has not authorised · 127012 authentication failed · 127200 business"
          + " error · 127201 busy · 127306 rate limit";

  @Test
  void theTableHoldsEveryDocumentedCodeWithItsMeaningAndNoOther() {
    List<Integer> numbers = new ArrayList<>(List.of(-400));
    Arrays.stream(PlatformCode.values())
        .map(PlatformCode::getNumber)
        .filter(number -> number >= 122000 && number <= 122999)
        .forEach(numbers::add);
    for (String documented : DOCUMENTED.split(" · ")) {
      String[] numberAndMeaning = documented.split(" ", 2);
      int number = Integer.parseInt(numberAndMeaning[0]);
      numbers.add(number);
      assertThat(PlatformCode.of(number)).as(documented).isNotNull();
      assertThat(PlatformCode.of(number).getMeaning()).startsWith(numberAndMeaning[1]);
    }

    assertThat(Arrays.stream(PlatformCode.values()).map(PlatformCode::getNumber))
        .containsExactlyInAnyOrderElementsOf(numbers);
    assertThat(numbers).contains(122000, 122001, 122002, 122007);
  }

  @ParameterizedTest
  @EnumSource
  void eachCodeIsExplainedInEnglishAndInChinese(PlatformCode code) {
    assertThat(code.getMeaning(Locale.ENGLISH)).isEqualTo(code.getMeaning()).matches("\\p{ASCII}+");
    assertThat(code.getCheck(Locale.GERMAN)).isEqualTo(code.getCheck()).isNotBlank();
    for (Locale chinese : List.of(Locale.CHINESE, Locale.SIMPLIFIED_CHINESE, Locale.CHINA)) {
      assertThat(code.getMeaning(chinese)).matches(".*\\p{IsHan}.*");
      assertThat(code.getCheck(chinese)).matches(".*\\p{IsHan}.*").doesNotEndWith("。");
    }
  }

  @Test
  void aPauseIsForTheWholeAppOnlyWhereTheAppIsLimited() {
    assertThat(Arrays.stream(PlatformCode.values()).filter(PlatformCode::isForWholeApp))
        .extracting(PlatformCode::getNumber)
        .containsExactlyInAnyOrder(4009, 127009, 127306);
    assertThat(new PlatformException("start", 4009, "", null).isForWholeApp()).isTrue();
    assertThat(new PlatformException("start", 7010, "", null).isForWholeApp()).isFalse();
    assertThat(new PlatformException("start", 7010, "", null, 5_000L, "").isForWholeApp()).isTrue();
    assertThat(new PlatformException("start", 4002, "", null, 5_000L, "").isForWholeApp())
        .isFalse();
    assertThat(invalid(429, null).isForWholeApp()).isTrue();
    assertThat(invalid(503, null).isForWholeApp()).isFalse();
    assertThat(invalid(503, 5_000L).isForWholeApp()).isTrue();
    assertThat(invalid(503, 0L).isForWholeApp()).isFalse();
  }

  @Test
  void anHttpStatusIsExplainedInEnglishAndInChinese() {
    assertThat(invalid(429, null).getMeaning(Locale.ENGLISH))
        .isEqualTo("the gateway has had too many requests");
    assertThat(invalid(429, null).getMeaning(Locale.CHINA)).isEqualTo("请求过多，被网关限流");
    assertThat(invalid(404, null).getCheck(Locale.ROOT)).isEqualTo("the base URL");
    assertThat(invalid(404, null).getCheck(Locale.TAIWAN)).isEqualTo("检查 base URL");
    assertThat(invalid(600, null).getMeaning(Locale.CHINA)).isEmpty();
    assertThat(invalid(600, null).getCheck(Locale.CHINA)).isEmpty();
  }

  private static InvalidResponseException invalid(int status, Long askedMillis) {
    return new InvalidResponseException("start", "no JSON", status, null, "", askedMillis, null);
  }

  @ParameterizedTest
  @EnumSource
  void eachCodeIsFoundByItsNumberAndHasAMeaning(PlatformCode code) {
    assertThat(PlatformCode.of(code.getNumber())).isSameAs(code);
    assertThat(code.getMeaning()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        -1,
        -101,
        122_003,
        122_006,
        1,
        3999,
        4014,
        6000,
        6003,
        6010,
        6015,
        7006,
        127002,
        Integer.MAX_VALUE
      })
  void otherNumbersAreNotInTheTable(int number) {
    assertThat(PlatformCode.of(number)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void aCodeThatNeedsAPauseAndNoOtherSaysHowLong(PlatformCode code) {
    if (code.getRemedy() == Remedy.WAIT) {
      assertThat(code.getRetryAfterMillis()).isBetween(1_000L, 600_000L);
    } else {
      assertThat(code.getRetryAfterMillis()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4002, GIVE_UP, 0",
    "4004, RETRY, 0",
    "4007, GIVE_UP, 0",
    "4009, WAIT, 1000",
    "5000, RETRY, 0",
    "5001, RETRY, 0",
    "5002, RETRY, 0",
    "7000, START_AGAIN, 0",
    "7001, WAIT, 10000",
    "7003, START_AGAIN, 0",
    "7004, GIVE_UP, 0",
    "7005, GIVE_UP, 0",
    "7010, WAIT, 30000",
    "122000, WAIT, 60000",
    "122001, WAIT, 60000",
    "122002, SIGN_IN_AGAIN, 0",
    "122007, SIGN_IN_AGAIN, 0",
    "127001, SIGN_IN_AGAIN, 0",
    "127009, WAIT, 1000",
    "127011, SIGN_IN_AGAIN, 0",
    "7008, WAIT, 30000",
    "127012, GIVE_UP, 0",
    "127200, GIVE_UP, 0",
    "127201, RETRY, 0",
    "127306, WAIT, 1000",
    "-400, GIVE_UP, 0",
    "6000, RETRY, 0",
    "6015, RETRY, 0",
    "-101, RETRY, 0",
  })
  void theTableSaysWhatHelps(int number, Remedy remedy, long retryAfterMillis) {
    PlatformException error = new PlatformException("start", number, "", null);

    assertThat(error.getRemedy()).isEqualTo(remedy);
    assertThat(error.getRetryAfterMillis()).isEqualTo(retryAfterMillis);
    assertThat(error.getKnownCode()).isSameAs(PlatformCode.of(number));
  }
}
