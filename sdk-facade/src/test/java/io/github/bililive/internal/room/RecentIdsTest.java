package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecentIdsTest {
  private static final String ID = "39b8fedb-60a5-4e29-ac75-b16955f7e632";

  /** Few different ids, so that many come again, just inside and just outside of the window. */
  @Property(tries = 300)
  void itKnowsWhatASetOfTheLastIdsKnows(
      @ForAll @IntRange(max = 70) int window,
      @ForAll @IntRange(min = 1, max = 100) int different,
      @ForAll long seed) {
    Random random = new Random(seed);
    RecentIds ids = new RecentIds(window);
    Set<String> known = new LinkedHashSet<>();
    for (int i = 0; i < 400; i++) {
      String id = id(random.nextInt(different));
      boolean isNew = known.add(id);
      if (known.size() > window) {
        Iterator<String> oldest = known.iterator();
        oldest.next();
        oldest.remove();
      }
      assertThat(ids.add(id)).isEqualTo(isNew);
    }
  }

  /** UUIDs that are near each other, others at random, and ids of other forms. */
  private static String id(int number) {
    switch (number % 3) {
      case 0:
        return new UUID(7, number).toString();
      case 1:
        return UUID.nameUUIDFromBytes(new byte[] {(byte) number}).toString();
      default:
        return "id " + number + "x".repeat(number);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "39b8fedb-60a5-4e29-ac75-b16955f7e633", // the last digit
    "a9b8fedb-60a5-4e29-ac75-b16955f7e632", // the first digit
    "39b8fedb-60a5-4e29-bc75-b16955f7e632", // the first digit of the second half
    "39B8fedb-60a5-4e29-ac75-b16955f7e632", // upper case
    "39b8fedb-60a5-4e29-ac750b16955f7e632", // no dash
    "39b8fedb-60a5-4e29-ac75-b16955f7e63", // too short
    "39b8fedb-60a5-4e29-ac75-b16955f7e6320", // too long
    "39b8fedb-60a5-4e29-ac75-b16955f7e6３2" // a digit of another script
  })
  void idsThatDifferInOneCharacterAreTwo(String other) {
    RecentIds ids = new RecentIds(10);

    assertThat(ids.add(ID)).isTrue();
    assertThat(ids.add(other)).isTrue();
    assertThat(ids.add(ID)).isFalse();
    assertThat(ids.add(other)).isFalse();
  }

  @Test
  void theWindowMovesOnThroughManyIds() {
    RecentIds ids = new RecentIds(1_000);
    for (int i = 0; i < 300_000; i++) {
      assertThat(ids.add(new UUID(i, 0).toString())).isTrue();
    }
    assertThat(ids.add(new UUID(299_000, 0).toString())).isFalse();
    assertThat(ids.add(new UUID(298_999, 0).toString())).isTrue();
  }
}
