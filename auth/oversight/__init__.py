"""What a bureau does about counted registrations: people called back, credits moved between agencies, a project's holds."""
