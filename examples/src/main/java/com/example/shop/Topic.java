package com.example.shop;

/** What a customer's message is about, and the desk that answers it. */
public enum Topic {
    ORDER_STATUS(Desk.DISPATCH),
    CANCEL_ORDER(Desk.DISPATCH),
    CHANGE_ORDER(Desk.DISPATCH),
    RETURN_ITEM(Desk.RETURNS),
    REFUND(Desk.RETURNS),
    DAMAGED_OR_WRONG(Desk.RETURNS),
    WARRANTY_REPAIR(Desk.WORKSHOP),
    PAYMENT(Desk.ACCOUNTS),
    INVOICE(Desk.ACCOUNTS),
    PRODUCT_ADVICE(Desk.SALES),
    STOCK(Desk.SALES),
    ACCOUNT(Desk.ACCOUNTS);

    /** The people who read messages of a topic. */
    public enum Desk {
        DISPATCH,
        RETURNS,
        WORKSHOP,
        ACCOUNTS,
        SALES
    }

    private final Desk desk;

    Topic(Desk desk) {
        this.desk = desk;
    }

    public Desk desk() {
        return desk;
    }
}
