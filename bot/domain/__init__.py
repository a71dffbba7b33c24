"""The pure rules of appointments: offices, slots, bookings, reminders. No I/O, no clock."""
