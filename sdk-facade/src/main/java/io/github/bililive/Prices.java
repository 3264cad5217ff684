package io.github.bililive;

import java.math.BigDecimal;

/** Prices of gifts and guards in yuan: the platform counts them in thousandths. */
public final class Prices {
  /** 1000 = 1 yuan. */
  private static final int DECIMALS = 3;

  private Prices() {}

  /**
   * Returns a price in yuan, exactly.
   *
   * @param price the {@code price} or {@code r_price} of a gift that was paid for, or the {@code
   *     price} of a guard. Not that of a free gift ({@code isPaid()} is false), which is no money,
   *     and not the {@code rmb} of a super chat, which is in yuan already
   */
  public static BigDecimal toYuan(long price) {
    return BigDecimal.valueOf(price, DECIMALS);
  }
}
