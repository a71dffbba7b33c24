-- How many chats began, and how many appointments were booked, by who sent people: no person in it.
CREATE TABLE referral_counts (
    month TEXT NOT NULL,
    source TEXT NOT NULL,
    started BIGINT NOT NULL,
    booked BIGINT NOT NULL,
    PRIMARY KEY (month, source)
);
